"""Hỏi đáp: a visitor's questions, the conversation, the answers shown."""
