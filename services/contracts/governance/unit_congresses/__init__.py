"""Units' own congresses (二级教代会): what each unit files every year, the plan first and the record afterwards."""
