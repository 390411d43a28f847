// Every op, under one name.
export { input, constant } from '../op.ts';
export * from './broadcasting.ts';
export * from './pointwise.ts';
export * from './movement.ts';
export * from './matrix.ts';
export * from './convolution.ts';
export * from './resize.ts';
