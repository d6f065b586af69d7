"""What all places are drawn with: results, cards, chips, filters, a chart; the folder behind the library."""
