//! 下载码: how to get 国家反诈中心, the school's own code, the poster.

mod page;

pub(crate) use page::Download;
