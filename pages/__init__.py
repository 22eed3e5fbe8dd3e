"""One direct script per page: guard, view, one service call, outcome. Streamlit runs them; nobody imports them."""
