"""All Streamlit code but the pages themselves."""
