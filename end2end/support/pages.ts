// One address for each page of the console, on the sample's Generic connection.
import { accessPages } from './access.ts';
import { connectionPath, namespacePath, tablePath, viewPath } from './place.ts';
import { polarisPath } from './polaris.ts';

export const connection = 'sample-generic';
const sales = { namespace: ['sales'] };

export const TABLE_TABS = ['overview', 'schema', 'partitions', 'snapshots', 'refs', 'properties', 'metadata-log', 'statistics', 'raw'];
export const VIEW_TABS = ['overview', 'sql', 'schema', 'versions', 'properties'];
export const NAMESPACE_TABS = ['tables', 'views', 'namespaces', 'properties'];

/** A snapshot of sales.orders: the sample's history is the same at every start. */
export const snapshot = '4634861048874010935';

export const pages: Record<string, string> = {
  home: '/',
  search: '/search?q=orders',
  'search-empty': '/search',
  connection: connectionPath(connection),
  open: `${connectionPath(connection)}/open`,
  top: namespacePath(connection),
  ...Object.fromEntries(NAMESPACE_TABS.map((tab) => [`namespace-${tab}`, `${namespacePath(connection, sales)}&tab=${tab}`])),
  ...Object.fromEntries(TABLE_TABS.map((tab) => [`table-${tab}`, tablePath(connection, sales, 'orders', tab)])),
  'table-snapshot': `${tablePath(connection, sales, 'orders', 'snapshots')}&snapshot=${snapshot}`,
  'table-history': tablePath('sample-nessie', sales, 'orders', 'history'),
  'table-new': `${connectionPath(connection)}/table-new?ns=sales`,
  'table-new-like': `${connectionPath(connection)}/table-new?ns=sales&from=orders`,
  'table-register': `${connectionPath(connection)}/table-register?ns=sales`,
  'namespace-new': `${connectionPath(connection)}/namespace-new?ns=sales`,
  'namespace-edit': `${connectionPath(connection)}/namespace-edit?ns=sales`,
  'namespace-drop': `${connectionPath(connection)}/namespace-drop?ns=sales`,
  'table-edit': `${connectionPath(connection)}/table-edit?ns=sales&t=orders`,
  'schema-edit': `${connectionPath(connection)}/schema-edit?ns=sales&t=orders`,
  'spec-edit': `${connectionPath(connection)}/spec-edit?ns=sales&t=orders`,
  'table-rename': `${connectionPath(connection)}/table-rename?ns=sales&t=orders`,
  'table-drop': `${connectionPath(connection)}/table-drop?ns=sales&t=orders`,
  'snapshots-expire': `${connectionPath(connection)}/snapshots-expire?ns=sales&t=orders`,
  'format-upgrade': `${connectionPath(connection)}/format-upgrade?ns=sales&t=orders`,
  'location-edit': `${connectionPath(connection)}/location-edit?ns=sales&t=orders`,
  'statistics-drop': `${connectionPath(connection)}/statistics-drop?ns=sales&t=orders&type=table&snapshot=${snapshot}`,
  'unused-remove': `${connectionPath(connection)}/unused-remove?ns=sales&t=orders`,
  'tables-change': `${connectionPath(connection)}/tables-change?ns=sales`,
  'view-new': `${connectionPath(connection)}/view-new?ns=sales`,
  'view-replace': `${connectionPath(connection)}/view-replace?ns=sales&v=revenue_by_day`,
  'view-rollback': `${connectionPath(connection)}/view-rollback?ns=sales&v=revenue_by_day&version=1`,
  'view-edit': `${connectionPath(connection)}/view-edit?ns=sales&v=revenue_by_day`,
  'ref-new': `${connectionPath(connection)}/ref-new?ns=sales&t=orders`,
  'ref-edit': `${connectionPath(connection)}/ref-edit?ns=sales&t=orders&name=audit`,
  'ref-drop': `${connectionPath(connection)}/ref-drop?ns=sales&t=orders&name=audit`,
  'view-rename': `${connectionPath(connection)}/view-rename?ns=sales&v=revenue_by_day`,
  'view-drop': `${connectionPath(connection)}/view-drop?ns=sales&v=revenue_by_day`,
  connect: `${connectionPath(connection)}/connect`,
  compare: `${connectionPath(connection)}/compare?ns=sales&t=orders`,
  'compare-tables': `${connectionPath(connection)}/compare?ns=sales&t=customers&to-c=sample-polaris&to-ns=sales&to-t=customer_addresses`,
  'catalogs-compared': '/compare?c=sample-generic&to-c=sample-nessie',
  'catalogs-choose': '/compare',
  'destination-choose': '/destination',
  'destination-import': '/destination/import',
  'destination-prepare': '/destination/prepare?catalog=polaris',
  'destination-form': '/destination/form?catalog=polaris&rest_catalog_url=http%3A%2F%2Fpolaris%3A8181%2Fapi%2Fmanagement&iceberg_s3_path=s3%3A%2F%2Fbucket',
  'destination-form-s3-tables': '/destination/form?catalog=s3-tables',
  'destination-check': '/destination/check?catalog=polaris',
  'destination-review': '/destination/review?catalog=nessie&rest_catalog_url=http%3A%2F%2Fnessie%3A19120%2Ficeberg%2F',
  troubleshooting: '/troubleshooting',
  ...accessPages,
  ...Object.fromEntries(VIEW_TABS.map((tab) => [`view-${tab}`, viewPath(connection, sales, 'revenue_by_day', tab)])),
  catalogs: polarisPath('catalogs'),
  catalog: polarisPath('catalog', ['w', 'lakehouse']),
  'catalog-new': polarisPath('catalog-new'),
  'catalog-edit': polarisPath('catalog-edit', ['w', 'lab']),
  principals: polarisPath('principals'),
  principal: polarisPath('principal', ['name', 'anna.steward']),
  'principal-new': polarisPath('principal-new'),
  'principal-credentials': polarisPath('principal-credentials', ['name', 'spark_etl']),
  'principal-roles': polarisPath('principal-roles'),
  'principal-role': polarisPath('principal-role', ['name', 'analysts']),
  'principal-role-new': polarisPath('principal-role-new'),
  'catalog-roles': polarisPath('catalog-roles', ['w', 'lakehouse']),
  'catalog-role': polarisPath('catalog-role', ['w', 'lakehouse'], ['name', 'reader']),
  'catalog-role-new': polarisPath('catalog-role-new', ['w', 'lakehouse']),
  policies: polarisPath('policies', ['w', 'lakehouse'], ['ns', 'sales']),
  policy: polarisPath('policy', ['w', 'lakehouse'], ['ns', 'sales'], ['name', 'compact_orders']),
  'policy-new': polarisPath('policy-new', ['w', 'lakehouse'], ['ns', 'sales']),
  'namespace-generic-tables': polarisPath('ns', ['w', 'lakehouse'], ['ns', 'sales'], ['tab', 'generic-tables']),
  'generic-tables': polarisPath('generic-tables', ['w', 'lakehouse'], ['ns', 'sales']),
  'generic-table-new': polarisPath('generic-table-new', ['w', 'lakehouse'], ['ns', 'sales']),
};

/** Pages that tell of something gone wrong, with the status they carry. */
export const failures: Record<string, { path: string; status: number }> = {
  'no-connection': { path: connectionPath('nobody'), status: 404 },
  'no-namespace': { path: namespacePath(connection, { namespace: ['nowhere'] }), status: 404 },
  'no-table': { path: tablePath(connection, sales, 'nothing'), status: 404 },
  'no-view': { path: viewPath(connection, sales, 'nothing'), status: 404 },
  'no-principal': { path: polarisPath('principal', ['name', 'ghost']), status: 404 },
  'no-page': { path: '/no/such/page', status: 404 },
  forbidden: { path: tablePath(connection, { warehouse: 'lab', namespace: ['faults'] }, 'err-403'), status: 403 },
};
