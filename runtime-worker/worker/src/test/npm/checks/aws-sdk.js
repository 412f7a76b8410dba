const AWS = require('aws-sdk');
exports = async (url) => {
  const s3 = new AWS.S3({ endpoint: url, accessKeyId: 'a', secretAccessKey: 's', region: 'us-east-1', s3ForcePathStyle: true, signatureVersion: 'v4', maxRetries: 0 });
  const got = await s3.getObject({ Bucket: 'b', Key: 'k.txt' }).promise();
  const asked = JSON.parse(got.Body.toString());
  equal([asked.path, asked.headers.authorization.slice(0, 16)], ['/b/k.txt', 'AWS4-HMAC-SHA256']);
  await s3.putObject({ Bucket: 'empty', Key: 'k', Body: 'text' }).promise();
  equal(/X-Amz-Signature=[0-9a-f]{64}/.test(s3.getSignedUrl('getObject', { Bucket: 'b', Key: 'k' })), true);
};
