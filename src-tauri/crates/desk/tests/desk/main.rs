//! The desk from outside: the same journeys through [`desk::Desk::run`] and through the headless binary, a long
//! random walk, and a process that is killed in the middle of its work.

mod attack;
mod audit;
mod backup;
mod front;
mod journey;
mod keys;
mod kill;
mod memory;
mod refused;
mod sealed;
mod table;
mod typing;
mod walk;
