/**
 * PyTorch's files of tensors, of {@code torch.save}: zip archives, and what versions before 1.6 wrote.
 *
 * <p>Invariants: pickles make tensors, NumPy's arrays and numbers, texts, lists and dictionaries and nothing else;
 * sizes are checked before memory is taken for them; a tensor is never larger than what it is stored in.
 *
 * <p>To read another type of element, add its storage to {@link io.mdc.torch.TorchObjects}.
 */
package io.mdc.torch;
