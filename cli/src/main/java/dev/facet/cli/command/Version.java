package dev.facet.cli.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code facet --version} prints: this program's version and the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "facet " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()
    };
  }
}
