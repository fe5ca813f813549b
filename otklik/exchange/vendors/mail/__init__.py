"""Electronic mail: reading letters as they really come, composing, IMAP and SMTP. No Django."""
