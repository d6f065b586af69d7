"""The graph of directives: who carries out, cites or ends what, and how it is drawn."""
