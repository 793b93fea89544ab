// Leaflet's single files carry no types; src/leaflet.ts gives them those of the whole.
declare module "leaflet/src/*";
