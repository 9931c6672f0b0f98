"""Answers: question -> query -> hits -> answer -> verified answer."""
