print("arm-server")
