//! wuzha-files
