//! Foreign files in: text encodings, CSV, Japanese dates and names, as plain rows with their doubts.
