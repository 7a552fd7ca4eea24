#![doc = include_str!("../../docs/tutorial/README.md")]

macro_rules! chapters {
    ($($name:ident)*) => { $(
        #[doc = include_str!(concat!("../../docs/tutorial/", stringify!($name), ".md"))]
        pub mod $name {}
    )* };
}
chapters! {
    chapter_1 chapter_2 chapter_3 chapter_4 chapter_5 chapter_6 chapter_7 chapter_8 chapter_9
}
