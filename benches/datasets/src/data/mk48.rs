//! What a server of a naval game sends.

use savefile::prelude::*;

use super::owned;
use crate::numbers::Numbers;

owned! {
    #[derive(Copy)]
    #[pickle(tag = u8)]
    pub enum EntityType {
        ArleighBurke,
        Bismarck,
        Clemenceau,
        Fletcher,
        G5,
        Iowa,
        Kolkata,
        Osa,
        Yasen,
        Zubr,
    }

    #[pickle(endian = little)]
    pub struct Transform {
        pub altitude: i8,
        pub angle: u16,
        pub position: (f32, f32),
        pub velocity: i16,
    }

    #[pickle(endian = little)]
    pub struct Guidance {
        pub angle: u16,
        pub submerge: bool,
        pub velocity: i16,
    }

    #[pickle(endian = little)]
    pub struct Contact {
        pub damage: u8,
        pub entity_id: u32,
        #[pickle(flag)]
        pub entity_type: Option<EntityType>,
        pub guidance: Guidance,
        #[pickle(flag)]
        pub player_id: Option<u16>,
        #[pickle(count = u32)]
        pub reloads: Vec<bool>,
        pub transform: Transform,
        #[pickle(count = u32)]
        pub turret_angles: Vec<u16>,
    }

    #[pickle(endian = little)]
    pub struct TerrainUpdate {
        pub chunk_id: (i8, i8),
        #[pickle(count = u32)]
        pub data: Vec<u8>,
    }

    #[pickle(endian = little)]
    pub struct Update {
        #[pickle(count = u32)]
        pub contacts: Vec<Contact>,
        pub score: u32,
        pub world_radius: f32,
        #[pickle(count = u32)]
        pub terrain_updates: Vec<TerrainUpdate>,
    }

    #[pickle(endian = little)]
    pub struct Updates {
        #[pickle(count = u32)]
        pub updates: Vec<Update>,
    }
}

/// Each kind of ship: how often there is one in a thousand, its turrets, its
/// weapons.
const SHIPS: [(EntityType, u32, u32, u32); 10] = [
    (EntityType::ArleighBurke, 48, 1, 20),
    (EntityType::Bismarck, 12, 4, 10),
    (EntityType::Clemenceau, 22, 4, 12),
    (EntityType::Fletcher, 33, 4, 14),
    (EntityType::G5, 293, 0, 6),
    (EntityType::Iowa, 35, 3, 14),
    (EntityType::Kolkata, 18, 1, 18),
    (EntityType::Osa, 161, 2, 6),
    (EntityType::Yasen, 90, 0, 12),
    (EntityType::Zubr, 288, 3, 8),
];

/// So many updates.
pub fn updates(n: &mut Numbers, count: u32) -> Updates {
    Updates {
        updates: (0..count).map(|_| update(n)).collect(),
    }
}

fn update(n: &mut Numbers) -> Update {
    let players = 200 + n.below(200);
    let world_radius = (players as f32 * 15_000.0).sqrt();
    let terrain_radius = (world_radius / 1600.0).ceil() as i8;
    let contacts = 20 + n.below(20);
    let terrain = 3 + n.below(7);
    Update {
        contacts: (0..contacts).map(|_| contact(n, players)).collect(),
        score: (n.fraction().powi(4) * 5_000.0) as u32 + n.below(50),
        world_radius,
        terrain_updates: (0..terrain)
            .map(|_| terrain_update(n, terrain_radius))
            .collect(),
    }
}

fn contact(n: &mut Numbers, players: u32) -> Contact {
    let (entity, _, turrets, weapons) = ship(n);
    let is_visible = n.below(10) < 7;
    let (turrets, weapons) = if is_visible {
        (turrets, weapons)
    } else {
        (0, 0)
    };
    Contact {
        damage: if n.below(10) < 6 { 0 } else { n.small(200) },
        entity_id: n.below(players * 20),
        entity_type: is_visible.then_some(entity),
        guidance: Guidance {
            angle: n.any() as u16,
            submerge: n.below(10) == 0,
            velocity: n.any() as i16 / 64,
        },
        player_id: is_visible.then(|| n.below(players) as u16),
        reloads: (0..weapons).map(|_| n.coin()).collect(),
        transform: Transform {
            altitude: n.any() as i8 / 8,
            angle: n.any() as u16,
            position: (around(n), around(n)),
            velocity: n.any() as i16 / 64,
        },
        turret_angles: (0..turrets).map(|_| n.any() as u16).collect(),
    }
}

fn ship(n: &mut Numbers) -> (EntityType, u32, u32, u32) {
    let mut left = n.below(1_000);
    for ship in SHIPS {
        match left.checked_sub(ship.1) {
            Some(less) => left = less,
            None => return ship,
        }
    }
    SHIPS[9]
}

fn around(n: &mut Numbers) -> f32 {
    (n.fraction() as f32 - 0.5) * 1_500.0
}

fn terrain_update(n: &mut Numbers, radius: i8) -> TerrainUpdate {
    let is_new = n.below(50) == 0;
    let size = if is_new {
        900 + n.below(200)
    } else {
        3 + n.below(6)
    };
    let mut coordinate = || n.small(2 * radius.unsigned_abs()) as i8 - radius;
    let chunk_id = (coordinate(), coordinate());
    TerrainUpdate {
        chunk_id,
        data: (0..size).map(|_| n.any() as u8).collect(),
    }
}
