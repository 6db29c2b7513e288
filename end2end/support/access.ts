// Addresses of the pages about who may do what, on the sample's Polaris.
const root = '/c/sample-polaris';
export const orders = 'w=lakehouse&ns=sales&t=orders';

export const accessPath = (page: string, query = '') => `${root}/${page}${query && `?${query}`}`;

export const accessPages: Record<string, string> = {
  access: accessPath('access'),
  who: accessPath('who', orders),
  'who-matrix': accessPath('who', `${orders}&show=matrix`),
  'who-can-drop': accessPath('who', `${orders}&can=drop`),
  reach: accessPath('reach', 'principal=finance_reports'),
  'explain-allowed': accessPath('explain', `principal=trino_bi&operation=LOAD_TABLE&${orders}`),
  'explain-denied': accessPath('explain', `principal=audit_bot&operation=DROP_TABLE_WITH_PURGE&${orders}`),
  'grants-begin': accessPath('grants'),
  'grants-roles': accessPath('grants', orders),
  grants: accessPath('grants', `role=reader&${orders}&pick=1`),
  'grants-preview': accessPath('grants', 'role=retired&w=lakehouse&ns=partners&privilege=TABLE_WRITE_DATA&privilege=TABLE_LIST&step=preview'),
  'grants-revoke': accessPath('grants', 'role=retired&w=lakehouse&ns=partners&revoke=TABLE_READ_PROPERTIES'),
  graph: accessPath('graph'),
  'graph-focus': accessPath('graph', 'on=principal&name=dbt_runner'),
  onboard: accessPath('onboard'),
  offboard: accessPath('offboard', 'principal=finance_reports'),
  'offboard-review': accessPath('offboard', 'principal=finance_reports&delete=yes&step=review'),
};
