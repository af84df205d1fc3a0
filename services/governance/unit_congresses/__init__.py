"""Units' own congresses (二级教代会): the yearly filings of units, their review, guidance and comparison."""
