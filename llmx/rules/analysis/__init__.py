"""Analysis: one pass over a document, on which every rule stands.

    analysis = analyse(document)
    analysis.words[i], analysis.lowers[i], analysis.tags[i]     # token i: as written, in lower case, its tag
    analysis.span(first, last)                                  # tokens -> Span of the text
    analysis.tokens_in(span)                                    # Span -> range of tokens
    analysis.sentences[analysis.sentence_of[i]]                 # .first .last .paragraph
    analysis.noun_phrases[analysis.noun_phrase_of[i]]           # .first .last .head; NONE where i is in no phrase
    analysis.verb_groups[analysis.verb_group_of[i]]             # .main .lemma .form .passive .negated .modal
    analysis.quotations[analysis.quotation_of[i]]               # .span .closed .single .nested

Ranges of tokens are half-open, like spans. Tags are single characters, listed in `llmx.lexicon.function_words.TAGS`;
since they form one string, a rule may look for a pattern of tags with a regular expression. Boilerplate has no tokens,
so that no rule can find anything in it. Nothing here knows of events or attributions.
"""

from llmx.rules.analysis.analysis import NONE, Analysis, Sentence, analyse
from llmx.rules.analysis.phrases import NounPhrase, VerbGroup
from llmx.rules.analysis.quotations import Quotation

__all__ = ["NONE", "Analysis", "NounPhrase", "Quotation", "Sentence", "VerbGroup", "analyse"]
