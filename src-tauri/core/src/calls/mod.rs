pub mod calling_hours;
pub mod country_zones;
