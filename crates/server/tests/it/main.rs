//! The server, in this process and as a program: one test program, so that it is linked once.

mod disk_full;
mod failover;
mod killed;
mod killed_at_each_step;
mod postgres;
mod program;
mod scenarios;
mod school;
mod serving;
mod slow_and_many;
mod sqlite;
mod support;
mod tls;
mod torn;
mod watching;
