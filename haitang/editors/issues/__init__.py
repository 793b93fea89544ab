"""An issue form's answers, or a text that a page has composed → a proposed change."""
