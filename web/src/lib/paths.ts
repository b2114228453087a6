// Every address inside the interface that is made from parts. Nothing personal ever stands in one.
export const recordPath = (plural: string, id: string) => `/${plural}/${id}`;
export const listPath = (plural: string) => `/${plural}`;
export const userPath = (id: string) => `/admin/users/${id}`;
export const handOverPath = (id: string) => `/hand-over/${id}`;
export const servicePath = (id: string) => `/service-accounts/${id}`;
export const partnerPath = (id: string) => `/admin/partners/${id}`;
export const REGISTRATIONS = "/registrations";
export const DISCLOSURES = "/disclosures";
export const EXPLAIN = "/explain";
export const rolePath = (id: string) => `/admin/roles/${id}`;
export const REVIEWS = "/access-reviews";
export const reviewPath = (id: string) => `${REVIEWS}/${id}`;
export const adminReviewPath = (id: string) => `/admin${reviewPath(id)}`;
