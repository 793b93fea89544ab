import {all} from "../data.js";

export const data = {permalink: "data/positions.geojson"};

const feature = (p) => JSON.stringify({
  type: "Feature",
  id: p.id,
  geometry: {type: "Point", coordinates: [p.location.lon, p.location.lat]},
  properties: {
    name: p.name, tier: p.tier, town: p.town, status: p.status, address: p.address, precision: p.location.precision,
    hours: p.hours, phone: p.phone, services: p.services, facilities: p.facilities, brands: p.brands, verified: p.verified.on,
    page: `positions/${p.id}.html`,
  },
});

export const render = () => `{"type":"FeatureCollection","features":[
${all.map(feature).join(",\n")}
]}
`;
