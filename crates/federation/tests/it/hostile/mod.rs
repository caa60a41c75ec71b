//! Rows of the threat table that are about much, late, or odd: each test stands for the rows in its messages.

mod asking;
mod floods;
mod groups;
mod markup;
mod orders;
mod reads;
mod sending;
mod table;
