// Types of freshness.mjs.
export declare const root: string;
export declare function buildIfStale(built: string): void;
