"""What a screener sees. The only room that knows the web."""
