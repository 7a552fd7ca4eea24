//! Triangles.

use savefile::prelude::*;

use super::owned;
use crate::numbers::Numbers;

owned! {
    #[pickle(endian = little)]
    pub struct Vector3 {
        pub x: f32,
        pub y: f32,
        pub z: f32,
    }

    #[pickle(endian = little)]
    pub struct Triangle {
        pub v0: Vector3,
        pub v1: Vector3,
        pub v2: Vector3,
        pub normal: Vector3,
    }

    #[pickle(endian = little)]
    pub struct Mesh {
        #[pickle(count = u32)]
        pub triangles: Vec<Triangle>,
    }
}

/// So many triangles.
pub fn mesh(n: &mut Numbers, count: u32) -> Mesh {
    Mesh {
        triangles: (0..count)
            .map(|_| Triangle {
                v0: vector(n),
                v1: vector(n),
                v2: vector(n),
                normal: vector(n),
            })
            .collect(),
    }
}

fn vector(n: &mut Numbers) -> Vector3 {
    Vector3 {
        x: n.fraction() as f32,
        y: n.fraction() as f32,
        z: n.fraction() as f32,
    }
}
