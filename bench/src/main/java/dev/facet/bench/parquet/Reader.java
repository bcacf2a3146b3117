package dev.facet.bench.parquet;

import dev.facet.loader.Datasets;
import dev.facet.loader.data.Dataset;
import dev.hardwood.Hardwood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who reads Parquet. */
enum Reader {
  OURS {
    @Override
    Dataset open(Path file) {
      return Datasets.open(file, "train");
    }
  },
  /** With the checks that can be made around it. */
  PARQUET_JAVA {
    @Override
    Dataset open(Path file) throws IOException {
      return checked(file, ParquetJavaFile::new);
    }
  },
  /** With the checks that can be made around it. */
  HARDWOOD {
    @Override
    Dataset open(Path file) throws IOException {
      return checked(file, path -> new HardwoodFile(path, THREADS));
    }
  },
  PARQUET_JAVA_BARE {
    @Override
    Dataset open(Path file) throws IOException {
      return new LibraryDataset(file, new ParquetJavaFile(file));
    }
  },
  HARDWOOD_BARE {
    @Override
    Dataset open(Path file) throws IOException {
      return new LibraryDataset(file, new HardwoodFile(file, THREADS));
    }
  };

  /** Hardwood's threads, shared by all of its files. */
  private static final Hardwood THREADS = Hardwood.create();

  /** Opens the only split of one file. */
  abstract Dataset open(Path file) throws IOException;

  private interface Opener {
    LibraryFile open(Path file) throws IOException;
  }

  private static Dataset checked(Path path, Opener opener) throws IOException {
    FooterCheck.beforeOpening(path);
    try {
      LibraryFile file = opener.open(path);
      FooterCheck.groups(file.groups(), Files.size(path));
      return new LibraryDataset(path, file);
    } catch (RuntimeException e) {
      throw new IOException("%s: %s".formatted(path, e), e);
    }
  }
}
