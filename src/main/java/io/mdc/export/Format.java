package io.mdc.export;

import io.mdc.setting.TextForm;

/** The formats of exported sets. */
public enum Format {
    /** NumPy's archive. */
    NPZ(new NpzFormat()),
    /** NumPy's arrays. */
    NPY(new NpyFormat()),
    /** PyTorch's tensors. */
    PT(new PtFormat()),
    /** Records of CIFAR-10's binary version. */
    CIFAR_BINARY(new CifarBinaryFormat()),
    /** A picture per image, in folders of classes. */
    FOLDER(new FolderFormat());

    @SuppressWarnings("ImmutableEnumChecker") // none has a state
    private final ExportFormat writer;

    Format(ExportFormat writer) {
        this.writer = writer;
    }

    /** What writes it. */
    public ExportFormat writer() {
        return writer;
    }

    /** The function of Python that reads it, {@code read(path)}. */
    Template reader() {
        return Template.resource("read-" + TextForm.kebab(this) + ".py");
    }
}
