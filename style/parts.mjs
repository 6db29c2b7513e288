// The part of the code that comes with each page of a connection, and the pages that are of none.
export const AREA = 'connection_area';
// What more of it stands around the tabs of a table: in the same file.
export const WITHIN_AREA = ['table_area'];
export const OUTSIDE = ['destination', 'search'];

// What stands around those pages, fetched once a page is alive.
export const LATER = 'connection_frame';

// The parts of a table's tabs.
export const TABLE_PARTS = ['overview_tab', 'schema_tabs', 'snapshots_tab', 'refs_tab', 'history_tabs', 'other_tabs'];
