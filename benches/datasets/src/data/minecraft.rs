//! What a game saves of its players.

use savefile::prelude::*;

use super::{borrowed, owned};
use crate::numbers::Numbers;

owned! {
    #[derive(Copy)]
    #[pickle(tag = u8)]
    pub enum GameType {
        Survival,
        Creative,
        Adventure,
        Spectator,
    }

    #[pickle(endian = little)]
    pub struct Abilities {
        pub walk_speed: f32,
        pub fly_speed: f32,
        pub may_fly: bool,
        pub flying: bool,
        pub invulnerable: bool,
        pub may_build: bool,
        pub instabuild: bool,
    }

    #[pickle(endian = little)]
    pub struct Item {
        pub count: i8,
        pub slot: u8,
        #[pickle(count = u32)]
        pub id: String,
    }

    #[pickle(endian = little)]
    pub struct Entity {
        #[pickle(count = u32)]
        pub id: String,
        pub pos: (f64, f64, f64),
        pub motion: (f64, f64, f64),
        pub rotation: (f32, f32),
        pub fall_distance: f32,
        pub fire: u16,
        pub air: u16,
        pub on_ground: bool,
        pub no_gravity: bool,
        pub invulnerable: bool,
        pub portal_cooldown: i32,
        pub uuid: [u32; 4],
        #[pickle(flag, item(count = u32))]
        pub custom_name: Option<String>,
        pub custom_name_visible: bool,
        pub silent: bool,
        pub glowing: bool,
    }

    #[pickle(endian = little)]
    pub struct RecipeBook {
        #[pickle(count = u32, item(count = u32))]
        pub recipes: Vec<String>,
        #[pickle(count = u32, item(count = u32))]
        pub to_be_displayed: Vec<String>,
        pub is_filtering_craftable: bool,
        pub is_gui_open: bool,
        pub is_furnace_filtering_craftable: bool,
        pub is_furnace_gui_open: bool,
        pub is_blasting_furnace_filtering_craftable: bool,
        pub is_blasting_furnace_gui_open: bool,
        pub is_smoker_filtering_craftable: bool,
        pub is_smoker_gui_open: bool,
    }

    #[pickle(endian = little)]
    pub struct Player {
        pub game_type: GameType,
        pub previous_game_type: GameType,
        pub score: i64,
        #[pickle(count = u32)]
        pub dimension: String,
        pub selected_item_slot: u32,
        pub selected_item: Item,
        #[pickle(flag, item(count = u32))]
        pub spawn_dimension: Option<String>,
        pub spawn_x: i64,
        pub spawn_y: i64,
        pub spawn_z: i64,
        #[pickle(flag)]
        pub spawn_forced: Option<bool>,
        pub sleep_timer: u16,
        pub food_exhaustion_level: f32,
        pub food_saturation_level: f32,
        pub food_tick_timer: u32,
        pub xp_level: u32,
        pub xp_p: f32,
        pub xp_total: i32,
        pub xp_seed: i32,
        #[pickle(count = u32)]
        pub inventory: Vec<Item>,
        #[pickle(count = u32)]
        pub ender_items: Vec<Item>,
        pub abilities: Abilities,
        #[pickle(flag)]
        pub entered_nether_position: Option<(f64, f64, f64)>,
        #[pickle(flag)]
        pub root_vehicle: Option<([u32; 4], Entity)>,
        #[pickle(flag)]
        pub shoulder_entity_left: Option<Entity>,
        #[pickle(flag)]
        pub shoulder_entity_right: Option<Entity>,
        pub seen_credits: bool,
        pub recipe_book: RecipeBook,
    }

    #[pickle(endian = little)]
    pub struct Players {
        #[pickle(count = u32)]
        pub players: Vec<Player>,
    }
}

borrowed! {
    #[pickle(endian = little)]
    pub struct BorrowedItem<'a> {
        pub count: i8,
        pub slot: u8,
        #[pickle(count = u32)]
        pub id: &'a str,
    }

    #[pickle(endian = little)]
    pub struct BorrowedEntity<'a> {
        #[pickle(count = u32)]
        pub id: &'a str,
        pub pos: (f64, f64, f64),
        pub motion: (f64, f64, f64),
        pub rotation: (f32, f32),
        pub fall_distance: f32,
        pub fire: u16,
        pub air: u16,
        pub on_ground: bool,
        pub no_gravity: bool,
        pub invulnerable: bool,
        pub portal_cooldown: i32,
        pub uuid: [u32; 4],
        #[pickle(flag, item(count = u32))]
        pub custom_name: Option<&'a str>,
        pub custom_name_visible: bool,
        pub silent: bool,
        pub glowing: bool,
    }

    #[pickle(endian = little)]
    pub struct BorrowedRecipeBook<'a> {
        #[pickle(count = u32, item(count = u32))]
        pub recipes: Vec<&'a str>,
        #[pickle(count = u32, item(count = u32))]
        pub to_be_displayed: Vec<&'a str>,
        pub is_filtering_craftable: bool,
        pub is_gui_open: bool,
        pub is_furnace_filtering_craftable: bool,
        pub is_furnace_gui_open: bool,
        pub is_blasting_furnace_filtering_craftable: bool,
        pub is_blasting_furnace_gui_open: bool,
        pub is_smoker_filtering_craftable: bool,
        pub is_smoker_gui_open: bool,
    }

    #[pickle(endian = little)]
    pub struct BorrowedPlayer<'a> {
        pub game_type: GameType,
        pub previous_game_type: GameType,
        pub score: i64,
        #[pickle(count = u32)]
        pub dimension: &'a str,
        pub selected_item_slot: u32,
        pub selected_item: BorrowedItem<'a>,
        #[pickle(flag, item(count = u32))]
        pub spawn_dimension: Option<&'a str>,
        pub spawn_x: i64,
        pub spawn_y: i64,
        pub spawn_z: i64,
        #[pickle(flag)]
        pub spawn_forced: Option<bool>,
        pub sleep_timer: u16,
        pub food_exhaustion_level: f32,
        pub food_saturation_level: f32,
        pub food_tick_timer: u32,
        pub xp_level: u32,
        pub xp_p: f32,
        pub xp_total: i32,
        pub xp_seed: i32,
        #[pickle(count = u32)]
        pub inventory: Vec<BorrowedItem<'a>>,
        #[pickle(count = u32)]
        pub ender_items: Vec<BorrowedItem<'a>>,
        pub abilities: Abilities,
        #[pickle(flag)]
        pub entered_nether_position: Option<(f64, f64, f64)>,
        #[pickle(flag)]
        pub root_vehicle: Option<([u32; 4], BorrowedEntity<'a>)>,
        #[pickle(flag)]
        pub shoulder_entity_left: Option<BorrowedEntity<'a>>,
        #[pickle(flag)]
        pub shoulder_entity_right: Option<BorrowedEntity<'a>>,
        pub seen_credits: bool,
        pub recipe_book: BorrowedRecipeBook<'a>,
    }

    #[pickle(endian = little)]
    pub struct BorrowedPlayers<'a> {
        #[pickle(count = u32)]
        pub players: Vec<BorrowedPlayer<'a>>,
    }
}

const ITEMS: [&str; 8] = [
    "dirt",
    "stone",
    "pickaxe",
    "sand",
    "gravel",
    "shovel",
    "chestplate",
    "steak",
];
const ANIMALS: [&str; 8] = [
    "cow", "sheep", "zombie", "skeleton", "spider", "creeper", "parrot", "bee",
];
const NAMES: [&str; 8] = [
    "rainbow", "princess", "steve", "johnny", "missy", "coward", "fairy", "howard",
];
const RECIPES: [&str; 8] = [
    "pickaxe",
    "torch",
    "bow",
    "crafting table",
    "furnace",
    "shears",
    "arrow",
    "tnt",
];
const DIMENSIONS: [&str; 3] = ["overworld", "nether", "end"];
const GAMES: [GameType; 4] = [
    GameType::Survival,
    GameType::Creative,
    GameType::Adventure,
    GameType::Spectator,
];

/// So many players.
pub fn players(n: &mut Numbers, count: u32) -> Players {
    Players {
        players: (0..count).map(|_| player(n)).collect(),
    }
}

fn player(n: &mut Numbers) -> Player {
    Player {
        game_type: n.one_of(&GAMES),
        previous_game_type: n.one_of(&GAMES),
        score: wide(n),
        dimension: n.one_of(&DIMENSIONS).into(),
        selected_item_slot: n.any(),
        selected_item: item(n),
        spawn_dimension: n.coin().then(|| n.one_of(&DIMENSIONS).into()),
        spawn_x: wide(n),
        spawn_y: wide(n),
        spawn_z: wide(n),
        spawn_forced: n.coin().then(|| n.coin()),
        sleep_timer: n.any() as u16,
        food_exhaustion_level: n.fraction() as f32,
        food_saturation_level: n.fraction() as f32,
        food_tick_timer: n.any(),
        xp_level: n.any(),
        xp_p: n.fraction() as f32,
        xp_total: n.any().cast_signed(),
        xp_seed: n.any().cast_signed(),
        inventory: some(n, 40, item),
        ender_items: some(n, 27, item),
        abilities: Abilities {
            walk_speed: n.fraction() as f32,
            fly_speed: n.fraction() as f32,
            may_fly: n.coin(),
            flying: n.coin(),
            invulnerable: n.coin(),
            may_build: n.coin(),
            instabuild: n.coin(),
        },
        entered_nether_position: n.coin().then(|| place(n)),
        root_vehicle: n.coin().then(|| (uuid(n), entity(n))),
        shoulder_entity_left: n.coin().then(|| entity(n)),
        shoulder_entity_right: n.coin().then(|| entity(n)),
        seen_credits: n.coin(),
        recipe_book: RecipeBook {
            recipes: some(n, 30, |n| n.one_of(&RECIPES).into()),
            to_be_displayed: some(n, 10, |n| n.one_of(&RECIPES).into()),
            is_filtering_craftable: n.coin(),
            is_gui_open: n.coin(),
            is_furnace_filtering_craftable: n.coin(),
            is_furnace_gui_open: n.coin(),
            is_blasting_furnace_filtering_craftable: n.coin(),
            is_blasting_furnace_gui_open: n.coin(),
            is_smoker_filtering_craftable: n.coin(),
            is_smoker_gui_open: n.coin(),
        },
    }
}

/// Fewer than `limit`.
fn some<T>(n: &mut Numbers, limit: u32, one: impl Fn(&mut Numbers) -> T) -> Vec<T> {
    let count = n.below(limit);
    (0..count).map(|_| one(n)).collect()
}

fn wide(n: &mut Numbers) -> i64 {
    i64::from(n.any()) << 32 | i64::from(n.any())
}

fn place(n: &mut Numbers) -> (f64, f64, f64) {
    (n.fraction(), n.fraction(), n.fraction())
}

fn uuid(n: &mut Numbers) -> [u32; 4] {
    [n.any(), n.any(), n.any(), n.any()]
}

fn item(n: &mut Numbers) -> Item {
    Item {
        count: n.any() as i8,
        slot: n.any() as u8,
        id: n.one_of(&ITEMS).into(),
    }
}

fn entity(n: &mut Numbers) -> Entity {
    Entity {
        id: n.one_of(&ANIMALS).into(),
        pos: place(n),
        motion: place(n),
        rotation: (n.fraction() as f32, n.fraction() as f32),
        fall_distance: n.fraction() as f32,
        fire: n.any() as u16,
        air: n.any() as u16,
        on_ground: n.coin(),
        no_gravity: n.coin(),
        invulnerable: n.coin(),
        portal_cooldown: n.any().cast_signed(),
        uuid: uuid(n),
        custom_name: n.coin().then(|| n.one_of(&NAMES).into()),
        custom_name_visible: n.coin(),
        silent: n.coin(),
        glowing: n.coin(),
    }
}
