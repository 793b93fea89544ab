// On the form editor's page.

import { startFormEditor } from "../../admin/form-editor";

startFormEditor();
