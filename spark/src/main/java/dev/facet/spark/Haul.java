package dev.facet.spark;

import dev.facet.base.Json;
import dev.facet.prepare.part.LaneSpool;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;

/**
 * What a lane made of some errands, in a file.
 *
 * @param block of the parts that its rows belong to
 * @param contents where everything is in it, as JSON
 */
record Haul(URI file, int block, String contents) implements Serializable {
  LaneSpool.Contents read() throws IOException {
    return Json.LINE.readValue(contents, LaneSpool.Contents.class);
  }
}
