package dev.facet.eval.retrieval;

/**
 * What a model retrieves on held-out pairs.
 *
 * @param images how many pictures
 * @param captions how many captions
 * @param identicalCaptions how many of the captions share their text with another one
 * @param settings how ranks were counted
 * @param imageToText a picture is the query, all captions are candidates
 * @param textToImage a caption is the query, all pictures are candidates
 * @param imageToTextChance what random order would reach
 * @param textToImageChance what random order would reach
 */
public record RetrievalResult(
    int images,
    int captions,
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
