package dev.facet.prepare.synth;

/** Hair on the face; of the colour of the other hair. */
enum Beard {
  NONE("none"),
  MOUSTACHE("moustache"),
  GOATEE("goatee"),
  FULL("full beard");

  /** As labels and captions say it. */
  final String word;

  Beard(String word) {
    this.word = word;
  }
}
