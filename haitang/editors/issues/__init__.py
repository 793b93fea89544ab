"""An issue form's answers → a proposed change."""
