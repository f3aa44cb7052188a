"""From a file of strangers to blocks of columns, in constant memory."""
