"""What every written document shares: Word styles, fields and lists, fonts, typesetting of PDF."""
