// The version of ONNX we write, and the operators we allow ourselves.

/** Opset 18: axes of reductions, slices and pads are inputs. */
export const opsetVersion = 18;
/** IR 8 is the oldest that opset 18 needs. */
export const irVersion = 8;

/** Operators that a graph of ours may contain; each runs on every provider named in runtime/device (two through rewrite's portable rules). */
export const allowedOperators: ReadonlySet<string> = new Set([
  'Abs', 'Add', 'AveragePool', 'BatchNormalization', 'Clip', 'Concat', 'Conv', 'ConvTranspose', 'DepthToSpace', 'Div', 'Equal',
  'Exp', 'Expand', 'Gemm', 'Greater', 'HardSigmoid', 'Identity', 'LeakyRelu', 'Less', 'Log', 'MatMul', 'MaxPool', 'Mul', 'Neg', 'Pad', 'Reciprocal',
  'ReduceMean', 'ReduceSum', 'Relu', 'Reshape', 'Resize', 'Sigmoid', 'Sign', 'Slice', 'Softplus',
  'SpaceToDepth', 'Sqrt', 'Sub', 'Tanh', 'Transpose', 'Where',
]);

/** Operators of the CPU runtime's own, which only the rules of graph/blocked write, after a trial (training/blocked-layout). */
export const runtimeOperators: ReadonlySet<string> = new Set(['ReorderInput', 'Conv', 'ReorderOutput'].map((name) => `com.microsoft.nchwc.${name}`));
