// The twelve pages that are looked at whenever something about pages changes.

/** Whose page it is, and what its pictures are called. */
export function twelve(demo) {
  const need = new URL(demo.need).pathname;
  return [
    { name: "front", path: "/", who: "guest" },
    { name: "listings", path: "/listings", who: "guest" },
    { name: "directory", path: "/collectives", who: "guest" },
    { name: "collective", path: "/c/ateneu", who: "guest" },
    { name: "listing", path: need, who: "guest" },
    { name: "map", path: "/map", who: "guest" },
    { name: "form", path: "/c/ateneu/listings/new", who: "nuria" },
    { name: "notifications", path: "/notifications", who: "nuria" },
    { name: "inbox", path: "/c/ateneu/stewards", who: "nuria" },
    { name: "console", path: "/admin", who: "nuria" },
    { name: "servers", path: "/admin/servers", who: "nuria" },
    { name: "settings", path: "/admin/settings", who: "nuria" },
  ];
}
