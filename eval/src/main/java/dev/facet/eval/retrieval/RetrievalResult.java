package dev.facet.eval.retrieval;

/**
 * What a model retrieves on held-out pairs.
 *
 * @param images how many different pictures
 * @param captions how many captions, each counted once for its picture
 * @param repeatedImages how many rows more showed one of these pictures
 * @param repeatedCaptions how many captions more repeated one of the same picture
 * @param identicalCaptions how many of the captions share their tokens with another picture's
 * @param settings how ranks were counted
 * @param imageToText a picture is the query, all captions are candidates
 * @param textToImage a caption is the query, all pictures are candidates
 * @param imageToTextChance what random order would reach
 * @param textToImageChance what random order would reach
 */
public record RetrievalResult(
    int images,
    int captions,
    long repeatedImages,
    long repeatedCaptions,
    int identicalCaptions,
    RetrievalSettings settings,
    Direction imageToText,
    Direction textToImage,
    Chance imageToTextChance,
    Chance textToImageChance) {

  /** Image-caption pairs scored: every caption belongs to one image, so as many as captions. */
  public int pairs() {
    return captions;
  }
}
