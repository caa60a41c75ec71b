// Makes the list of places below the map into spots that can be opened. Without it, the list and the drawing stay.
(function () {
  "use strict";
  var box = document.getElementById("spots");
  var places = Array.from(document.querySelectorAll("[data-latitude]"));
  if (!box || !window.L || places.length === 0) return;

  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  box.replaceChildren();
  var map = L.map(box, {
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
    minZoom: 1, maxZoom: 11, worldCopyJump: true, scrollWheelZoom: false
  });
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: box.dataset.closer, zoomOutTitle: box.dataset.farther }).addTo(map);

  fetch(box.dataset.land)
    .then(function (answer) { return answer.json(); })
    .then(function (land) {
      L.geoJSON(land, { interactive: false, style: { className: "land" } }).addTo(map).bringToBack();
    });

  var points = places.map(function (place) {
    var point = [Number(place.dataset.latitude), Number(place.dataset.longitude)];
    var many = Number(place.dataset.many);
    L.circleMarker(point, {
      radius: Math.min(18, 7 + 2 * Math.sqrt(many)),
      className: "spot " + place.dataset.spot
    }).bindPopup(function () {
      var copy = document.createElement("div");
      Array.from(place.children).forEach(function (child) { copy.append(child.cloneNode(true)); });
      return copy;
    }).addTo(map);
    return point;
  });
  // Streets come from somebody else: only whoever asks for them is seen there.
  var streets = document.getElementById("streets");
  if (streets && box.dataset.tiles) {
    var thanks = document.createElement("span");
    thanks.textContent = box.dataset.thanks;
    streets.hidden = false;
    streets.querySelector("button").addEventListener("click", function () {
      L.tileLayer(box.dataset.tiles, {
        attribution: thanks.innerHTML, maxZoom: 14, referrerPolicy: "strict-origin-when-cross-origin"
      }).addTo(map).bringToBack();
      map.setMaxZoom(14);
      box.classList.add("streets");
      streets.remove();
    });
  }
  map.fitBounds(points, { padding: [40, 40], maxZoom: 8, animate: false });
})();
