package dev.facet.model;

/** What every part of a model is made with. */
record Build(ModelOptions options, Init init, Noise noise) {}
