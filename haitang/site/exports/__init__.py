"""One module a file for programs: the browser's data, GeoJSON, iCalendar, the sitemap."""
