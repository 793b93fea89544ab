// The same places with Leaflet.markercluster as its documentation says: all markers at once, names as titles.

import L from "leaflet";
import "leaflet.markercluster";
import "leaflet/dist/leaflet.css";
import "leaflet.markercluster/dist/MarkerCluster.css";
import "leaflet.markercluster/dist/MarkerCluster.Default.css";

const { places, points } = window.HAITANG;
const names = places.name.split("\n");
const map = L.map("map", { attributionControl: false, maxZoom: 16 }).setView([31.3264, 120.9785], 10);
const icon = L.divIcon({ className: "peer-mark", iconSize: [24, 24] });
const markers = names.map((title, row) => L.marker([points.lat[row], points.lon[row]], { icon, title }));
const group = L.markerClusterGroup({ maxClusterRadius: 60, animate: false });
group.addLayers(markers);
map.addLayer(group);

window.bench = {
  select(mask) {
    group.clearLayers();
    group.addLayers(mask ? markers.filter((_, row) => mask[row]) : markers);
  },
};
