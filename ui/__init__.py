"""Gradio and HTTP only: what staff see."""
