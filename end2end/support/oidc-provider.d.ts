// What is used of the package, which has no types of its own.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Context {
    path: string;
    status: number;
    body: unknown;
    oidc?: { client?: unknown; params?: Record<string, string | undefined> };
  }

  export class AccessToken {
    constructor(of: { accountId: string; grantId: string; client: unknown });
    static find(token: string): Promise<AccessToken | undefined>;
    readonly accountId: string;
    readonly grantId: string;
    readonly isExpired: boolean;
    readonly expiration: number;
    resourceServer?: object;
    save(): Promise<string>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Interaction {
    prompt: { name: string; details: { missingOIDCScope?: string[] } };
    params: { client_id: string };
    session?: { accountId: string };
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly AccessToken: typeof AccessToken;
    readonly ResourceServer: new (id: string, info: object) => object;
    readonly Grant: new (of: { accountId: string; clientId: string }) => Grant;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, listener: (context: Context, error: Error) => void): void;
    registerGrantType(name: string, handler: (context: Context) => Promise<void>, parameters: string[]): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }
}
