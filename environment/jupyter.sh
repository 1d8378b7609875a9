# Sourced: keeps Jupyter's files inside the project, so that a person's own Jupyter and Python stay as they are.
export JUPYTER_CONFIG_DIR="$STATE/jupyter/config" JUPYTER_DATA_DIR="$STATE/jupyter/data"
export JUPYTER_RUNTIME_DIR="$STATE/jupyter/runtime" IPYTHONDIR="$STATE/jupyter/ipython"
export JUPYTERLAB_SETTINGS_DIR="$STATE/jupyter/settings" JUPYTERLAB_WORKSPACES_DIR="$STATE/jupyter/workspaces"
export PYTHONNOUSERSITE=1
unset PYTHONPATH PYTHONHOME JUPYTER_PATH JUPYTER_CONFIG_PATH JUPYTER_TOKEN
mkdir -p "$IPYTHONDIR"
