"""The one language of time: how people in China write days, dates and hours, from characters to phrases."""
