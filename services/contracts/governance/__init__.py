"""What governance promises: the year's plan, the union's funds, and the dated rules money is checked against."""
