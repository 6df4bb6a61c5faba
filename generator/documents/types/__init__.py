"""The types of documents; a type is a module in this folder that names its KIND."""
